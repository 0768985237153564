import type { Simulation, SimulationStep } from '../../model/cluster.js';
import type { ClusterComponent, DeployedCluster } from '../../model/deployed-cluster.js';
import {
  actionsText,
  behindTexts,
  clusterLines,
  CONFIGURATION_TEXT,
  lintText,
  outcomeText,
  placeText,
  scenariosOf,
  wrongTexts,
} from '../deployment-text.js';
import { count, longDay, number } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { colourClass, namer, safeName } from '../identity.js';
import type { Sheet } from '../sheet.js';
import { rehearsalPart } from './deployment-rehearsal.js';
import { timelineChart } from './deployment-timeline.js';
import { topology } from './deployment-topology.js';
import { scrolling, table } from './table.js';

function projectLink({ anchors }: Sheet, project: string | null): Part {
  const id = project === null ? '' : anchors.project(project);
  if (id === '') return markup`<span class="soft nw">not collected</span>`;
  return markup`<a class="dot nw ${colourClass(anchors.projects.indexOf(id))}" href="#${id}"><bdi>${project}</bdi></a>`;
}

function componentRow(sheet: Sheet, one: ClusterComponent, id: string): Part[] {
  const behind = behindTexts(one);
  const days = one.figures?.daysSinceRelease ?? null;
  return [
    markup`<bdi id="deployment/${id}" data-find="deployed component">${one.name}</bdi>${one.layer !== null && markup`<span class="remark">${one.layer}</span>`}`,
    one.version === null ? markup`<span class="soft">not said</span>` : markup`<bdi>${one.version}</bdi>`,
    typeof behind === 'string'
      ? markup`<span class="soft">${behind}</span>`
      : markup`${behind.newest}<span class="remark">in its series: ${behind.series}</span>`,
    projectLink(sheet, one.project),
    markup`<bdi>${one.figures?.lastRelease ?? number(null)}</bdi>${days !== null && markup`<span class="remark">${one.figures?.released}, ${count(days, 'day')} ago</span>`}`,
    number(one.figures?.absenceFactor ?? null),
    number(one.figures?.commitsLastYear ?? null),
  ];
}

function componentsPart(sheet: Sheet, { components }: DeployedCluster): Html {
  const name = namer();
  // These parts of the section have addresses too.
  for (const taken of ['components', 'lint', 'simulation', 'rehearsal']) name(taken);
  const caption = `What is deployed, how far behind it is, and how its project fares, as of ${longDay(sheet.result.asOf)}`;
  const heads = [
    'Component',
    'Deployed',
    'Behind the newest release',
    'Project',
    'Last release',
    'Absence factor',
    'Commits in 12 months',
  ];
  const rows = components.map((one) => componentRow(sheet, one, name(safeName(one.name))));
  return markup`<h3 id="deployment/components">Components</h3>
    <div class="deployed">${scrolling(caption, table(caption, heads, rows, [5, 6]))}</div>
    <p class="key">Days are between the tagged commits; commits are those that the newer release holds and the deployed one does not. Figures are those of the project’s section.</p>`;
}

function lintPart({ lint }: DeployedCluster): Html {
  const caption = 'Findings in the spec and in what is rendered from it';
  const rows = lint.map((one): Part[] => [one.severity, one.message, placeText(one), one.rule]);
  return markup`<h3 id="deployment/lint">Lint</h3>
    <p>${lintText(lint)}, in the spec and in every file that is rendered from it.</p>
    ${rows.length > 0 && markup`<div class="lint">${scrolling(caption, table(caption, ['Severity', 'Finding', 'Where', 'Rule'], rows, []))}</div>`}`;
}

function stepItem(step: SimulationStep): Html {
  const wrong = wrongTexts(step);
  return markup`<li><strong>${step.event}</strong>: ${actionsText(step)}.${!step.equal && markup` <span class="no">Not as expected${wrong.length > 0 && `: ${wrong.join('; ')}`}.</span>`}</li>`;
}

function simulationChart(simulation: Simulation): Html {
  return markup`<figure class="chart">
    <figcaption><p>${CONFIGURATION_TEXT[simulation.configuration]}: ${outcomeText(simulation)}</p></figcaption>
    ${timelineChart(simulation)}
    <details>
      <summary>Step by step</summary>
      <ol class="steps">${simulation.steps.map(stepItem)}</ol>
    </details>
  </figure>`;
}

function simulationsPart(simulations: readonly Simulation[]): Html {
  const name = namer();
  return markup`<h3 id="deployment/simulation">Simulated failovers</h3>
    <p>
      What Pacemaker’s own scheduler would do, in its order from left to right; a number is where a step begins.
      <span class="nw"><span class="sample active"></span> runs, or is promoted</span>;
      <span class="nw"><span class="sample second"></span> second copy</span>; a cross: its node is switched off.
    </p>
    ${scenariosOf(simulations).map(
      ({ scenario, title, of }) =>
        markup`<h4 class="scenario" id="deployment/simulation/${name(safeName(scenario))}" data-find="simulated failover">${title}</h4>
        <div class="charts">${of.map(simulationChart)}</div>`,
    )}`;
}

/** The cluster that is deployed; null where the study names none. */
export function deploymentSection(sheet: Sheet): Html | null {
  const { deployment } = sheet.result;
  if (!deployment) return null;
  const { cluster, simulations, rehearsal } = deployment;
  return markup`<section id="deployment" aria-labelledby="deployment-title">
    <h2 id="deployment-title">Deployment</h2>
    <p class="lead">${cluster.title}: ${cluster.service} behind ${cluster.virtualAddress.address}, on ${cluster.nodes.map(({ name }) => name).join(' or ')}.</p>
    <figure class="chart wide">
      ${topology(deployment)}
      <details>
        <summary>The same in words</summary>
        <dl class="rules">${clusterLines(deployment).map(([label, text]) => markup`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
      </details>
    </figure>
    ${componentsPart(sheet, deployment)}
    ${lintPart(deployment)}
    ${simulations !== null && simulationsPart(simulations)}
    ${rehearsal !== null && rehearsalPart(rehearsal)}
    ${
      simulations === null &&
      rehearsal === null &&
      markup`<p class="key">Not simulated or rehearsed for this report: <code>health cluster --help</code> says how.</p>`
    }
  </section>`;
}
