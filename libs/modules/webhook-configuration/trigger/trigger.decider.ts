import { conflict, notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { TriggerCommand } from './trigger.commands.ts';
import type { TriggerDefinition, TriggerEvent } from './trigger.events.ts';

export const trigger: Decider<TriggerDefinition | undefined, TriggerCommand, TriggerEvent> = {
  category: 'trigger',
  initialState: () => undefined,
  evolve: (_, event) => event.data,
  decide: (command, state) => {
    const { type, label, description, schema, example } = command.data;
    const definition: TriggerDefinition = { type, label, description, schema, example };
    switch (command.type) {
      case 'AddTrigger':
        if (state) throw conflict(`The trigger ${type} exists.`);
        return [{ type: 'TriggerAdded', data: definition }];
      case 'ChangeTrigger':
        if (!state) throw notFound('The trigger');
        return isSame(definition, state) ? [] : [{ type: 'TriggerChanged', data: definition }];
    }
  },
};

const isSame = (a: TriggerDefinition, b: TriggerDefinition): boolean => JSON.stringify(a) === JSON.stringify(b);
