import { conflict, notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { TriggerCommand } from './trigger.commands.ts';
import type { Action, TriggerDefinition, TriggerEvent } from './trigger.events.ts';

export const trigger: Decider<TriggerDefinition | undefined, TriggerCommand, TriggerEvent> = {
  category: 'trigger',
  initialState: () => undefined,
  evolve: (_, event) => event.data,
  decide: (command, state) => {
    const { type, label, description, schema, example } = command.data;
    const given: TriggerDefinition = { type, label, description, schema, example };
    switch (command.type) {
      case 'AddTrigger':
        if (state) throw conflict(`The trigger ${type} exists.`);
        return [{ type: 'TriggerAdded', data: withAction(given, command.data.action) }];
      case 'ChangeTrigger': {
        if (!state) throw notFound('The trigger');
        const definition = withAction(given, state.action);
        return isSame(definition, state) ? [] : [{ type: 'TriggerChanged', data: definition }];
      }
    }
  },
};

const withAction = (definition: TriggerDefinition, action: Action | undefined): TriggerDefinition =>
  action ? { ...definition, action } : definition;

const isSame = (a: TriggerDefinition, b: TriggerDefinition): boolean => JSON.stringify(a) === JSON.stringify(b);
