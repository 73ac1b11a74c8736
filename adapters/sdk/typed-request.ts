import type { Nested, NestedObject } from './nested-parameters.ts';

/** A generated model class: field names with those of the wire, and their types. */
export interface ModelClass {
  new (fields: Readonly<Record<string, unknown>>): { toMap(): Record<string, unknown> };
  names(): Readonly<Record<string, string>>;
  types(): Readonly<Record<string, unknown>>;
}

function isModelClass(type: unknown): type is ModelClass {
  return typeof type === 'function' && 'names' in type && 'types' in type;
}

function isList(value: Nested): value is readonly Nested[] {
  return Array.isArray(value);
}

/** A value that its field cannot hold, such as a list for a string. */
const misfit = Symbol('misfit');

/** The number or boolean that is written so on the wire; text that is neither stays text, as JavaScript lets it. */
function scalar(type: string, text: string): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'number' && String(Number(text)) === text) return Number(text);
  return text;
}

function fitted(type: unknown, value: Nested): unknown {
  if (isModelClass(type)) {
    return typeof value === 'object' && !isList(value) ? (typedFields(type, value) ?? misfit) : misfit;
  }
  if (typeof type === 'string') return typeof value === 'string' ? scalar(type, value) : misfit;
  const { type: kind, itemType } = Object(type) as { readonly type?: unknown; readonly itemType?: unknown };
  if (kind !== 'array' || !isList(value)) return misfit;
  const items = value.map((item) => fitted(itemType, item));
  return items.includes(misfit) ? misfit : items;
}

/** Returns the fields of a generated class for parameters of the wire; undefined when it has no field for one. */
function typedFields(model: ModelClass, params: NestedObject): Record<string, unknown> | undefined {
  const fieldOf = new Map(Object.entries(model.names()).map(([field, name]) => [name, field]));
  const types = model.types();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    const field = fieldOf.get(name);
    const typed = field === undefined ? misfit : fitted(types[field], value);
    if (field === undefined || typed === misfit) return undefined;
    fields[field] = typed;
  }
  return fields;
}

/** Returns a request object of `model`; undefined when a parameter has no field there, or does not fit it. */
export function typedRequest(model: unknown, params: NestedObject): object | undefined {
  const fields = isModelClass(model) ? typedFields(model, params) : undefined;
  return fields === undefined ? undefined : new (model as ModelClass)(fields);
}
