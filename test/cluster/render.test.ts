import { describe, expect, it } from 'vitest';
import { artefactKind } from '../../src/cluster/artefact-kind.js';
import { placeOf } from '../../src/cluster/render/manifest.js';
import { clusterTargets } from '../../src/model/cluster.js';
import { renderShipped, shippedSpec } from '../fixtures/cluster-spec.js';

function textOf(target: (typeof clusterTargets)[number], place: string, change?: Parameters<typeof renderShipped>[1]) {
  return renderShipped(target, change).find((file) => placeOf(file) === place)?.text ?? `no ${place}`;
}

describe.each(clusterTargets)('%s', (target) => {
  it('gives the artefacts that were read and found right', async () => {
    const parts = renderShipped(target)
      // The agent is a file of the repository itself; of the second node's files only those that differ are shown.
      .filter(({ kind }) => kind !== 'agent')
      .filter(
        (file, _, all) =>
          file.node !== 'braavos' ||
          !all.some((one) => one.node === 'astapor' && one.path === file.path && one.text === file.text),
      )
      .map((file) => `=== ${placeOf(file)} ${file.mode.toString(8)}\n${file.text}`);
    await expect(parts.join('\n')).toMatchFileSnapshot(`golden/${target}.txt`);
  });

  it('gives the same bytes every time', () => {
    expect(renderShipped(target)).toEqual(renderShipped(target));
  });

  it('names kinds that the files can be told by', () => {
    for (const file of renderShipped(target)) expect(artefactKind(placeOf(file)), placeOf(file)).toBe(file.kind);
  });

  it('puts no secret into any file, only where it is kept', () => {
    for (const { text, path } of renderShipped(target)) {
      if (path.endsWith('zimbra')) continue;
      expect(text).not.toMatch(/shared-secret\s+"(?!\.\.\.")|password=|passwd=/);
    }
  });
});

describe('what a target says in its own words', () => {
  it('rhel6 knows masters and slaves, and no delay of the fencing daemon', () => {
    const cib = textOf('rhel6', 'cib.xml');
    expect(cib).toContain('<master id="drbd_ms">');
    expect(cib).toContain('role="Slave"');
    expect(cib).toContain('name="delay" value="5"');
    expect(cib).not.toMatch(/priority-fencing-delay|pcmk_delay_base|Promoted/);
    expect(textOf('rhel6', 'zcsCluster.crm')).toContain('ms drbd_ms drbd');
    expect(textOf('rhel6', 'astapor/etc/cluster/cluster.conf')).toContain('two_node="1" expected_votes="1"');
  });

  it("DRBD's fencing stands in `disk` for 8.4, in `net` for 9", () => {
    expect(textOf('rhel6', 'astapor/etc/drbd.d/optzimbra.res')).toMatch(/disk \{\n\s+fencing resource-and-stonith;/);
    expect(textOf('el9', 'astapor/etc/drbd.d/optzimbra.res')).toMatch(/net \{[^}]*fencing resource-and-stonith;/);
  });

  it('a third host votes where the spec names one', () => {
    const conf = textOf('el9', 'astapor/etc/corosync/corosync.conf', (spec) => {
      spec.quorum = { kind: 'qdevice', host: '172.17.18.5', algorithm: 'ffsplit', secret: null };
    });
    expect(conf).toContain('host: 172.17.18.5');
    expect(conf).not.toMatch(/two_node|wait_for_all/);
  });
});

describe('text from a spec', () => {
  const hostile = `x'"<&>$(reboot)\`;`;

  it('is no part of the language of any file', () => {
    const change: Parameters<typeof renderShipped>[1] = (spec) => {
      spec.resources.find(({ id }) => id === 'zcs_fs')!.options['options'] = hostile;
    };
    expect(textOf('el9', 'cib.xml', change)).toContain('value="x&apos;&quot;&lt;&amp;&gt;$(reboot)`;"');
    expect(textOf('el9', 'zcsCluster-pcs.sh', change)).toContain(`'options=x'\\''"<&>$(reboot)\`;'`);
    expect(textOf('el9', 'zcsCluster.crm', change)).toContain(`options="x'\\"<&>$(reboot)\`;"`);
  });

  it('names nothing that the spec does not have', () => {
    const spec = shippedSpec();
    for (const { text } of renderShipped('el9')) {
      for (const [address] of text.matchAll(/\b172\.17\.\d+\.\d+\b/g)) {
        expect(JSON.stringify(spec)).toContain(address);
      }
    }
  });
});
