import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv schema
  $ clv schema compute
  $ clv schema model

What a JSON document may hold, as a JSON Schema (2020-12): no document has a member that its schema does not name. Its $id is
what the documents have as $schema; the package has the schema of each as dist/schema/NAME.json. Exit codes: 0 done, 2 usage,
73 and 74 output.`;

/** `clv schema`: what may be typed. */
export function schemaCommand() {
  const command = new Command('schema')
    .description('the JSON Schema of what a command writes as JSON; without a name: those that there are')
    .argument('[name]', 'of a command, or model or contract-model for the files of --save-model');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type SchemaOptions = ReturnType<ReturnType<typeof schemaCommand>['opts']>;
