import Mustache from "mustache";

/** The page of a data package, from its description: Mustache fills in the template. */
export function renderPage(text: string): string {
  const description: object = JSON.parse(text);
  return Mustache.render(PAGE, { ...description, link }, { field: FIELD });
}

const PAGE = `<!doctype html>
<title>{{title}}</title>
<h1>{{title}} <small>{{version}}</small></h1>
<p>{{description}}</p>
{{^contributors}}
<p>Nobody is named as a contributor.</p>
{{/contributors}}
{{#resources}}
<h2 id="{{name}}">{{name}}</h2>
<p>{{#link}}{{path}}{{/link}}: {{description}}</p>
<dl>
  {{#schema.fields}}
  {{> field}}
  {{/schema.fields}}
</dl>
{{/resources}}
{{! Names of sources are text, and so are escaped; the licence's is not. }}
<ul>{{#sources}}<li><a href="{{{path}}}">{{title}}</a></li>{{/sources}}</ul>
<footer>{{#licenses}}{{{title}}} {{/licenses}}</footer>
`;

const FIELD = `<dt>{{name}} ({{type}})</dt>
<dd>{{description}}{{^description}}&mdash;{{/description}}</dd>
`;

/** A section that is a function gets its text, and what renders it. */
function link() {
  return (text: string, render: (text: string) => string) => `<a href="${render(text)}">${render(text)}</a>`;
}
