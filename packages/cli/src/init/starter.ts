import type { Format } from "./answers.js";

/** Where the published schema of definitions lies once `@tenon/cli` is installed. */
const SCHEMA = "node_modules/@tenon/schema/dist/interface.schema.json";

/**
 * A definition to start from, which shows what a definition can have. `name` is kebab-case. In JSON, which has no
 * comments, descriptions and `$comment` take their place.
 */
export function starterDefinition(name: string, format: Format): string {
  return format === "json" ? json(name) : yaml(name);
}

function json(name: string): string {
  return `{
  "$schema": "./${SCHEMA}",
  "name": "${name}",
  "version": "0.1.0",
  "description": "Greets people: an example to be replaced.",
  "encoding": "messagepack",
  "exports": {
    "greet": {
      "description": "Greets a person. The plug-in offers this function, and the application calls it.",
      "input": { "$ref": "#/$defs/Person" },
      "output": { "$ref": "#/$defs/Greeting" },
      "errors": { "$ref": "#/$defs/GreetProblem" },
      "examples": [
        {
          "description": "Examples are checked against the types, and the first one becomes a test.",
          "input": { "name": "Ada", "language": "en" },
          "output": { "text": "Hello, Ada!", "language": "en" }
        }
      ]
    },
    "shout": {
      "description": "Turns a text into capitals. A single text needs no encoding around it.",
      "encoding": "text",
      "input": { "type": "string" },
      "output": { "type": "string" },
      "examples": [{ "input": "hello", "output": "HELLO" }]
    }
  },
  "imports": {
    "salutation": {
      "description": "The word for hello in a language. The application offers this function to the plug-in.",
      "input": { "$ref": "#/$defs/Language" },
      "output": { "description": "Null when there is none.", "type": ["string", "null"] },
      "examples": [{ "input": "en", "output": "Hello" }]
    }
  },
  "$defs": {
    "Language": {
      "description": "One of a fixed set of strings.",
      "enum": ["en", "de", "fr"]
    },
    "Person": {
      "$comment": "A field that \`required\` does not list may be absent.",
      "type": "object",
      "required": ["name"],
      "properties": {
        "name": { "description": "As the person writes it.", "type": "string" },
        "language": { "$ref": "#/$defs/Language" }
      }
    },
    "Greeting": {
      "type": "object",
      "required": ["text", "language"],
      "properties": {
        "text": { "type": "string" },
        "language": { "$ref": "#/$defs/Language" }
      }
    },
    "GreetProblem": {
      "description": "What a failed call says, besides its message.",
      "type": "object",
      "required": ["reason"],
      "properties": { "reason": { "enum": ["no-name", "unknown-language"] } }
    }
  }
}
`;
}

function yaml(name: string): string {
  return `# yaml-language-server: $schema=${SCHEMA}

name: ${name}
version: 0.1.0
description: "Greets people: an example to be replaced."

# How values become bytes: json, messagepack, text or binary. A function may have its own.
encoding: messagepack

# The functions that the plug-in offers, and the application calls.
exports:
  greet:
    description: Greets a person.
    input: { $ref: "#/$defs/Person" }
    output: { $ref: "#/$defs/Greeting" }
    # What a failed call says, besides its message.
    errors: { $ref: "#/$defs/GreetProblem" }
    # Examples are checked against the types, and the first one becomes a test.
    examples:
      - input: { name: Ada, language: en }
        output: { text: "Hello, Ada!", language: en }

  shout:
    description: Turns a text into capitals.
    # A single text needs no encoding around it.
    encoding: text
    input: { type: string }
    output: { type: string }
    examples:
      - input: hello
        output: HELLO

# The functions that the application offers, and the plug-in calls.
imports:
  salutation:
    description: The word for hello in a language.
    input: { $ref: "#/$defs/Language" }
    output: { type: [string, "null"], description: Null when there is none. }
    examples:
      - input: en
        output: Hello

# Types by name. Each object and enum becomes a type of that name in generated code.
$defs:
  Language:
    description: One of a fixed set of strings.
    enum: [en, de, fr]

  Person:
    type: object
    # A field that is not listed here may be absent.
    required: [name]
    properties:
      name: { type: string, description: As the person writes it. }
      language: { $ref: "#/$defs/Language" }

  Greeting:
    type: object
    required: [text, language]
    properties:
      text: { type: string }
      language: { $ref: "#/$defs/Language" }

  GreetProblem:
    description: What a failed call says, besides its message.
    type: object
    required: [reason]
    properties:
      reason: { enum: [no-name, unknown-language] }
`;
}
