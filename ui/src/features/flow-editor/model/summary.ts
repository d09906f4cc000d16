/** One line about a step, for its card while it is closed. */
import { isObject, type JsonObject, listOf, objectOf, textOf } from './json';
import { kindOf, type Step } from './steps';

const names = (value: JsonObject) => Object.keys(value).join(', ');
const days: Record<string, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

export function summaryOf(step: Step): string {
  switch (kindOf(step)) {
    case 'do': {
      const inputs = objectOf(step.with);
      const first = textOf(inputs.url ?? inputs.to ?? Object.values(inputs)[0]);
      return [typeof inputs.method === 'string' && inputs.method, first].filter(Boolean).join(' ');
    }
    case 'if':
      return textOf(step.if);
    case 'switch':
      return `${listOf(step.switch).length} cases`;
    case 'for_each':
      return textOf(step.for_each);
    case 'parallel':
      return `${listOf(step.parallel).length} branches`;
    case 'set':
      return names(objectOf(step.set));
    case 'wait':
      return waiting(objectOf(step.wait));
    case 'flow':
      return textOf(step.flow);
    case 'reply':
      return names(objectOf(step.reply));
    case 'stop': {
      const stop = isObject(step.stop) ? step.stop : { status: step.stop ?? '' };
      return [textOf(stop.status), textOf(stop.reason)].filter(Boolean).join(': ');
    }
    default:
      return '';
  }
}

function waiting(wait: JsonObject): string {
  const window = objectOf(wait.window);
  const open = [
    listOf(window.days)
      .map((day) => days[String(day)] ?? String(day))
      .join(' '),
    textOf(window.from) && `${textOf(window.from)}–${textOf(window.to) || '24:00'}`,
    textOf(window.zone),
  ];
  return [
    wait.for && `for ${textOf(wait.for)}`,
    wait.until && `until ${textOf(wait.until)}`,
    wait.window && `while open: ${open.filter(Boolean).join(' ')}`,
  ]
    .filter(Boolean)
    .join(', ');
}
