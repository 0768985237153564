import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { compactSvg } from '../../src/report/compact-svg.js';
import { renderSvg } from '../../src/report/svg.js';
import { sampleResult, UNSEEN } from './fixture.js';

test('each chart is a file that stands on its own', async () => {
  const files = await renderSvg(sampleResult());
  expect([...files.keys()]).toContain('activity-commits-per-year-beta-disk.svg');
  expect([...files.keys()]).toContain('activity-commits-per-year-compare.svg');
  expect(files.size).toBe(20);
  for (const [name, text] of files) {
    expect(text, name).toMatch(/^<\?xml[^>]*\?>\n<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(text, name).toContain('fill="#ffffff"/>');
    expect(text, name).not.toMatch(/var\(|style=|<script|class=/);
    expect(text, name).not.toMatch(UNSEEN);
  }
});

test('the same result gives the same pictures', async () => {
  expect(await renderSvg(sampleResult())).toEqual(await renderSvg(sampleResult()));
});

test('a replica says so inside the picture', async () => {
  const result = sampleResult();
  result.study.replica = true;
  for (const text of (await renderSvg(result)).values()) expect(text).toContain('Replica: made-up people');
});

function day(x: number, extra = ''): string {
  return `<path transform="translate(${x},0)" d="M0,0h3v3h-3Z" fill="red"${extra}/>`;
}

test('shapes of one look become one path; see-through ones stay apart', () => {
  expect(compactSvg(`<svg><g class="a">${day(1)}${day(5.26)}</g></svg>`, '')).toBe(
    '<svg><g fill="red"><path d="M1,0h3v3h-3ZM5.3,0h3v3h-3Z"/></g></svg>',
  );
  const faint = ' opacity="0.5"';
  expect(compactSvg(`<svg>${day(1, faint)}${day(2, faint)}</svg>`, '').match(/<path/g)).toHaveLength(2);
});

test('ids are made the picture\u2019s own, and text is kept', () => {
  const svg =
    '<svg><defs><clipPath id="clip0"><rect width="1"/></clipPath></defs><g clip-path="url(#clip0)"><text style="x">a &lt; b</text></g></svg>';
  expect(compactSvg(svg, 'p-')).toBe(
    '<svg><defs><clipPath id="p-clip0"><rect width="1"/></clipPath></defs><g clip-path="url(#p-clip0)"><text>a &lt; b</text></g></svg>',
  );
});

test('a chart loads nothing, whatever address it names', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('[]');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/rows.json`;
  const encoding = { x: { field: 'commits', type: 'quantitative' } };
  const spec = {
    data: { name: 'rows' },
    layer: [
      { mark: 'bar', encoding },
      { data: { url }, mark: 'point', encoding },
      { mark: { type: 'image', url: `${url}.png`, href: 'javascript:alert(1)' }, encoding },
    ],
  };
  const chart = { query: 'activity/commits-six-months', title: 't', description: 'd', spec, compare: spec };
  try {
    const files = await renderSvg(sampleResult({ charts: [chart] })).catch(() => new Map<string, string>());
    expect([...files.values()].join('')).not.toMatch(/javascript:|127\.0\.0\.1/);
    expect(asked).toEqual([]);
  } finally {
    server.close();
  }
});
