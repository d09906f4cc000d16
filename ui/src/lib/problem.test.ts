import { expect, it } from 'vitest';
import { ApiProblem } from './problem';

it('reads a problem document with all that is wrong', () => {
  const problem = ApiProblem.of(422, {
    type: '/docs/errors#invalid_flow',
    title: 'The flow is not valid',
    status: 422,
    code: 'invalid_flow',
    detail: '/steps/0/do: there is no action `x`',
    errors: [{ path: '/steps/0/do', message: 'there is no action `x`' }, 'odd'],
  });
  expect(problem).toMatchObject({ status: 422, code: 'invalid_flow', page: '/docs/errors#invalid_flow' });
  expect(problem.problems).toEqual([{ path: '/steps/0/do', message: 'there is no action `x`' }]);
});

it('leaves what to do about a state to the answer, which knows the state', () => {
  const problem = ApiProblem.of(409, { code: 'not_now', detail: 'the flow is off: enable it first' });
  expect([problem.message, problem.remedy]).toEqual(['the flow is off: enable it first', undefined]);
});

it('makes something readable of any other failure', () => {
  expect(ApiProblem.of(502, '<html>').message).toBe('the server answered 502');
  expect(ApiProblem.from(new TypeError('Failed to fetch'))).toMatchObject({ code: 'offline', status: 0 });
  expect(ApiProblem.from(new TypeError('Failed to fetch')).remedy).toContain('running');
});
