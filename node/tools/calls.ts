/** The types of the calls beyond sending, of the engine's list of them. */
import type { JSONSchema } from 'json-schema-to-typescript';

import { camelCase, pascalCase, refer, schema, types, undefinedMembers } from './types';

/** What gateways have besides their calls: interfaces of `src/messages.ts`. */
const MORE: Readonly<Record<string, string>> = { 'chat-api': 'MessageReading' };

/** A call beyond sending, as the schema lists it. */
interface Call {
  name: string;
  transfer: 'plain' | 'upload' | 'download';
  arguments: JSONSchema;
  output: { type?: 'null'; $ref?: string };
}

/** A call, and the names of its types. */
interface NamedCall extends Call {
  /** `Record<string, never>` has no name of its own. */
  argumentsName: string | undefined;
  outputName: string | undefined;
}

/** The calls of the gateways that have any. */
function gatewayCalls(): Map<string, NamedCall[]> {
  const { gateways } = schema('calls.schema.json') as unknown as {
    gateways: Record<string, Call[]>;
  };
  const all = Object.values(gateways).flat();
  const named = Object.entries(gateways).map(([gateway, calls]): [string, NamedCall[]] => {
    const named = calls.map((call) => {
      const isShared = all.filter(({ name }) => name === call.name).length > 1;
      const prefix = isShared ? `${gateway}_` : '';
      const hasNone = Object.keys(call.arguments.properties ?? {}).length === 0;
      const argumentsName = hasNone ? undefined : pascalCase(`${prefix}${call.name}_arguments`);
      if (call.output.type !== 'null' && call.output.$ref === undefined) {
        throw new Error(`the output of ${gateway}.${call.name} has no name`);
      }
      const outputName = call.output.$ref?.slice('#/$defs/'.length);
      return { ...call, argumentsName, outputName };
    });
    return [gateway, named];
  });
  return new Map(named.filter(([, calls]) => calls.length > 0));
}

/** The types of calls: their arguments, what they answer, and an interface of methods for each gateway. */
export async function calls(): Promise<string> {
  const document = schema('calls.schema.json');
  const elsewhere = {
    './message': schema('message.schema.json').$defs,
    './results': schema('results.schema.json').$defs,
  };
  const gateways = gatewayCalls();
  const outputs = Object.entries(document.$defs).filter(
    ([name]) => !Object.values(elsewhere).some((definitions) => name in definitions),
  );
  const inputs = [...gateways.values()].flat().flatMap(({ argumentsName, ...call }) => {
    if (argumentsName === undefined) {
      return [];
    }
    const description = `The arguments of \`${call.name}\`.`;
    return [[argumentsName, { ...call.arguments, description }] as const];
  });
  const shared = Object.keys(document.$defs).filter(
    (name) => !outputs.some(([own]) => own === name),
  );
  for (const name of shared) {
    const other = elsewhere['./results'][name] ?? elsewhere['./message'][name];
    if (JSON.stringify(other) !== JSON.stringify(document.$defs[name])) {
      throw new Error(`a call answers with ${name}, and another type has that name`);
    }
  }
  document.$defs = Object.fromEntries(outputs);
  refer(document, new Set(shared));
  const text = await types(document);
  const given = undefinedMembers(await types({ ...document, $defs: Object.fromEntries(inputs) }));
  const imports = Object.entries(elsewhere).map(([path, definitions]) => {
    const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
    const names = shared.filter((name) => name in definitions && isUsed(name));
    return names.length === 0 ? '' : `import type { ${names.join(', ')} } from '${path}';\n`;
  });
  return `import type { CallOptions, NoArguments, UploadOptions } from '../calls';
import type { Download } from '../download';
import type { MessageReading } from '../messages';
import type { UploadSource } from '../upload';
${imports.join('')}
${given}${text}
${[...gateways].map(methods).join('')}${byGateway(gateways)}${callTypes(gateways)}`;
}

/** The methods of a gateway. */
function methods([gateway, calls]: [string, NamedCall[]]): string {
  const signatures = calls.map((call) => {
    const isNeeded = Array.isArray(call.arguments.required);
    const parameters = [`arguments_${isNeeded ? '' : '?'}: ${argumentsType(call)}`];
    if (call.transfer === 'upload') {
      parameters.push('source: UploadSource', 'options?: UploadOptions');
    } else {
      parameters.push('options?: CallOptions');
    }
    const words = (call.arguments.description ?? '').replaceAll('\n', '\n   * ');
    const output = call.transfer === 'download' ? 'Download' : (call.outputName ?? 'void');
    const name = camelCase(call.name);
    return `  /**\n   * ${words}\n   */\n  readonly ${name}: (${parameters.join(', ')}) => Promise<${output}>;\n`;
  });
  const more = MORE[gateway] === undefined ? '' : `extends ${MORE[gateway]} `;
  return `/**
 * The calls of \`${gateway}\` beyond sending. Each rejects with a \`ValidationError\` where an argument breaks a rule, with an
 * \`UnsupportedError\` where the client is another gateway's, and else with the error of what the gateway or the network
 * refused, as \`send\` does.
 */
export interface ${pascalCase(gateway)}Calls ${more}{\n${signatures.join('')}}\n\n`;
}

function argumentsType({ argumentsName }: NamedCall): string {
  return argumentsName ?? 'NoArguments';
}

/** What a client has. */
function byGateway(gateways: Map<string, NamedCall[]>): string {
  const members = [...gateways.keys()].map(
    (gateway) =>
      `  /** The calls of \`${gateway}\`. */\n  readonly ${camelCase(gateway)}: ${pascalCase(gateway)}Calls;\n`,
  );
  return `/** The calls of each gateway. */\nexport interface CallsByGateway {\n${members.join('')}}\n\n`;
}

/** The types of each call by its name. */
function callTypes(gateways: Map<string, NamedCall[]>): string {
  const members = [...gateways].map(([gateway, calls]) => {
    const types = calls.map(
      (call) =>
        `${call.name}: { arguments: ${argumentsType(call)}; output: ${call.outputName ?? 'undefined'} };\n`,
    );
    return `'${gateway}': {\n${types.join('')}};\n`;
  });
  return `/** The arguments and outputs of each call. */\nexport interface CallTypes {\n${members.join('')}}\n`;
}

/** The calls as the client needs them at run time. */
export function callTable(): string {
  const members = [...gatewayCalls()].map(([gateway, calls]) => {
    const entries = calls.map(({ name, transfer, outputName }) => {
      const output = outputName === undefined ? 'null' : `'${outputName}'`;
      return `${name}: ['${transfer}', ${output}],\n`;
    });
    return `'${gateway}': {\n${entries.join('')}},\n`;
  });
  return `import type { Transfer } from '../calls';

/** The calls of each gateway: what travels beside its JSON, and the type that it answers with. */
export const CALLS: Readonly<
  Record<string, Readonly<Record<string, readonly [Transfer, string | null]>>>
> = {\n${members.join('')}};\n`;
}
