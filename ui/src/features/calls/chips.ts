import { position } from '@/lib/format';
import type { CallFilter } from './filter';

/** What stands behind "More", by the words of its chip. */
export function chipsOf(filter: CallFilter): { label: string; without: CallFilter }[] {
  const { provider, sentiment, question, answer, min, max, number } = filter;
  const chip = (label: string, names: (keyof CallFilter)[]) => {
    const without = { ...filter };
    for (const name of names) delete without[name];
    return { label, without };
  };
  const lasted = [min !== undefined && `from ${position(min)}`, max !== undefined && `to ${position(max)}`];
  return [
    ...(number ? [chip(`Number ${number}`, ['number'])] : []),
    ...(provider ? [chip(`Platform ${provider}`, ['provider'])] : []),
    ...(sentiment ? [chip(`Sentiment ${sentiment}`, ['sentiment'])] : []),
    ...(lasted.some(Boolean) ? [chip(`Lasted ${lasted.filter(Boolean).join(' ')}`, ['min', 'max'])] : []),
    ...(question
      ? [chip(`${question} ${answer ? answerWords(answer) : 'answered'}`, ['question', 'answer'])]
      : []),
  ];
}

/** What an answer of true or false is called. */
const answerWords = (answer: string): string =>
  answer === 'true' ? 'Yes' : answer === 'false' ? 'No' : answer;
