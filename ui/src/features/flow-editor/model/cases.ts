/** Test cases of a flow: how a test becomes one, and what came of it its expectation. Cases stand in the document. */
import type { FlowReport, FlowTest, NewEvent, TestedStep } from '@/lib/types';
import { type Doc, type Json, type JsonObject, listOf, objectOf, textOf } from './json';

/** As many as the server takes. */
export const mostCases = 100;
const mostActions = 50;

type On = { kind: string; event?: NewEvent | undefined };

/** A test of the flow as a case that says nothing yet of what is expected; `steps` are those that were taken. */
export function caseOf(name: string, asked: FlowTest, { kind, event }: On, steps: string[]): JsonObject {
  const answers = Object.entries(asked.answers ?? {}).filter(([id]) => steps.includes(id));
  const saved = asked.step ? asked.saved : undefined;
  return {
    name,
    ...(event ? { event: event as JsonObject } : { sample: kind }),
    ...(asked.step && { step: asked.step }),
    ...(saved && Object.keys(saved).length > 0 && { saved: saved as JsonObject }),
    ...(answers.length > 0 && { answers: Object.fromEntries(answers) as JsonObject }),
    // Any expectation will do until it is known what comes of it.
    expect: { matches: true },
  };
}

/** What came of a case, as its expectation: what is sent of the flow's own steps, how it ends, what is kept and answered. */
export function expectOf(report: FlowReport, flow: string): JsonObject {
  if (!report.matched) return { matches: false };
  const sent = report.steps.filter((step) => step.flow === flow && step.request).slice(0, mostActions);
  const saved = report.saved as JsonObject;
  return {
    ...(report.status !== 'not_started' && { status: report.status }),
    ...(sent.length > 0 && { actions: sent.map(actionOf) }),
    ...(Object.keys(saved).length > 0 && { saved }),
    ...(report.reply !== undefined && report.reply !== null && { reply: report.reply as Json }),
  };
}

function actionOf({ step, request }: TestedStep): JsonObject {
  const json = request?.body ? read(request.body) : undefined;
  return {
    step,
    request: {
      method: request?.method ?? '',
      url: request?.url ?? '',
      ...(json !== undefined && typeof json === 'object' && { json }),
    },
  };
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export const casesOf = (doc: Doc): JsonObject[] => listOf(doc.cases).map(objectOf);
export const nameOfCase = (each: JsonObject, i: number) => textOf(each.name) || `Case ${i + 1}`;

export const withCase = (doc: Doc, added: JsonObject): Doc => ({
  ...doc,
  cases: [...listOf(doc.cases), added],
});

export function withoutCase(doc: Doc, i: number): Doc {
  const { cases, ...rest } = doc;
  const left = listOf(cases).toSpliced(i, 1);
  return left.length > 0 ? { ...rest, cases: left } : rest;
}

/** The document with one case alone. */
export const onlyCase = (doc: Doc, each: JsonObject): Doc => ({ ...doc, cases: [each] });

/** The place of a difference inside its case. */
export const placeInCase = (path: string) =>
  path.replace(/^\/cases\/\d+\/expect\//, '').replaceAll('/', ' › ');
