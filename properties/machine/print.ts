import type { Machine } from './machine.ts';

/** The machine as JSON: states, inputs, what each input can be answered with in each state, and where that leads. */
export function machineAsJson(machine: Machine): string {
  const { states, inputs, outputs, hash } = machine;
  const shown = {
    about:
      'One pair of interfaces on two routers. A cell is the answers permitted to an input in a state, and the state after ' +
      'each; open: success and refusal are both permitted. What is on its way stays so until Settle.',
    hash,
    inputs: inputs.map(({ id, kind, operation }) => ({ id, kind, operation })),
    states: states.map(({ label, atRest }, state) => ({
      state,
      label,
      atRest,
      access: machine.access(state).map(({ input }) => inputs[input]?.id),
      cells: inputs.flatMap(({ id }, input) => {
        const cell = machine.cell(state, input);
        if (cell === undefined) return [];
        const branches = cell.branches.map(({ kind, next, output, rows }) => ({
          kind,
          answers: outputs[output],
          next,
          transitions: rows,
        }));
        return [{ input: id, open: cell.open, branches }];
      }),
    })),
  };
  return `${JSON.stringify(shown, null, 1)}\n`;
}
