import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../infra/openapi.ts';
import { routes } from '../../infra/routes.ts';

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean }[];
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { [name: string]: object; OptOutBody: object; CheckBody: object; LinkBody: object } };
}

const document = JSON.parse(JSON.stringify(openApiDocument())) as Document;
const described = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

describe('the OpenAPI document', () => {
  it('describes every route and no other', () => {
    const served = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(described.map(({ key }) => key))).toEqual(new Set(served));
  });

  it('is of version 3.1 and has a title', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Heed', version: expect.any(String) });
  });

  it('has an operation id for every operation, each once', () => {
    const ids = described.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(described)('declares answers and path parameters of $key', ({ path, operation }) => {
    expect(Object.keys(operation.responses).every((status) => /^[2-5]\d\d$/.test(status))).toBe(true);
    expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const required = (operation.parameters ?? []).filter((parameter) => parameter.required);
    expect(required.map(({ name }) => name)).toEqual(inPath);
  });

  it('asks for the scope of each machine route, and for nothing elsewhere', () => {
    const asked = described.map(({ key, operation }) => [key, operation.security]);
    expect(Object.fromEntries(asked)).toEqual(
      Object.fromEntries(
        routes.map(({ method, path, scope, group }) => {
          const needed = group === undefined ? scope : 'staff:write';
          return [`${method} ${path}`, needed ? [{ machine: [needed] }] : []];
        }),
      ),
    );
  });

  it('refers to schemas that exist, and uses each', () => {
    const references = [...JSON.stringify(document.paths).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(new Set(references)).toEqual(new Set(Object.keys(document.components.schemas)));
  });

  it('is made of the schemas that parse', () => {
    expect(document.components.schemas.OptOutBody).toMatchObject({
      additionalProperties: false,
      oneOf: [{ required: ['email'] }, { required: ['phone'] }],
    });
    expect(document.components.schemas.CheckBody).toMatchObject({
      properties: { addresses: { minItems: 1, maxItems: 1000 } },
    });
    expect(document.components.schemas.LinkBody).toMatchObject({
      properties: { emails: { minItems: 1, maxItems: 1000 } },
      oneOf: [{ required: ['email'] }, { required: ['emails'] }],
    });
  });
});
