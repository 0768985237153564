import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, markup, trusted } from '../../src/report/html.js';
import { packedData } from '../../src/report/packed.js';
import { unpackText } from '../../src/report/page/packed-text.js';
import { HOSTILE, UNSEEN } from './fixture.js';

test('values are escaped, whatever they are; markup of its own kind is not', () => {
  expect(
    markup`<p title="${'"x" \'y\''}">${'<b>'}${1}${null}${undefined}${false}${['&', markup`<i>${'<'}</i>`]}</p>`.text,
  ).toBe('<p title="&quot;x&quot; &#39;y&#39;">&lt;b&gt;1&amp;<i>&lt;</i></p>');
  expect(markup`${trusted('<br>')}`.text).toBe('<br>');
});

test('hostile names lose their meaning', () => {
  for (const name of HOSTILE) {
    expect(escapeHtml(name)).not.toMatch(/[<>"'`]/);
    expect(escapeHtml(name)).not.toMatch(UNSEEN);
  }
  expect(escapeHtml('a\u0000b\u202ec\ud800')).toBe('a\\u{0}b\\u{202e}c\ufffd');
});

test('no text whatever leaves an element or an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'`]/);
      expect(escapeHtml(text)).not.toMatch(UNSEEN);
    }),
  );
});

test('data in a script element cannot end it, and reads back the same', async () => {
  const data = { a: ['</script><script>alert(1)</script>', '<!--', '\u2028\u2029', '&lt;', 'ő\u{1f600}'] };
  const { text } = packedData(data);
  expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(JSON.parse(await unpackText(text))).toEqual(data);
  expect(packedData(data).text).toBe(text);
});
