import * as z from "zod";

/** Checks the description of a data package with zod: what it describes, or every problem that it has. */
export function checkDataPackage(text: string): string {
  const { success, data, error } = DataPackage.safeParse(JSON.parse(text));
  if (!success) {
    return JSON.stringify(error.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`));
  }
  const { name, version, licenses, resources } = data;
  return JSON.stringify({
    name,
    version,
    licenses: licenses.map((license) => license.name),
    columns: resources.flatMap(({ name, schema }) =>
      schema.fields.map((field) => `${name}.${field.name}: ${field.type}`),
    ),
  });
}

const Field = z.object({
  name: z.string().min(1),
  type: z.enum(["string", "number", "integer", "boolean", "date", "datetime", "year", "yearmonth", "any"]),
  format: z.string().default("default"),
  description: z.string().optional(),
});

const Resource = z.object({
  name: z.string().regex(/^[a-z0-9._-]+$/, "lower case letters, digits, and . _ -"),
  path: z.union([z.url(), z.string().regex(/^(?![/.])/, "a URL, or a path within the package")]),
  format: z.string(),
  mediatype: z
    .string()
    .regex(/^[a-z]+\/[\w.+-]+$/)
    .optional(),
  schema: z.object({
    fields: z.array(Field).min(1),
    missingValues: z.array(z.string()).default([""]),
  }),
});

const DataPackage = z.object({
  name: z.string(),
  title: z.string().optional(),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .transform((text) => text.split(".").map(Number)),
  bytes: z.int().nonnegative(),
  count_of_rows: z.int().nonnegative(),
  hash: z.hash("md5"),
  keywords: z.array(z.string()).refine((all) => new Set(all).size === all.length, "a keyword is there twice"),
  licenses: z.array(z.object({ name: z.string(), path: z.url(), title: z.string() })).nonempty(),
  resources: z.array(Resource).nonempty(),
  sources: z.array(z.object({ title: z.string(), path: z.url() })),
});
