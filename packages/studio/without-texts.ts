import { type Expression, parseSync, Visitor } from "oxc-parser";

/** Texts of the catalogues that `list` and `explain` print, and the page shows nowhere. */
const TEXTS = new Set(["summary", "text", "formula", "references"]);

const isText = (node: Expression): boolean => {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string";
    case "BinaryExpression":
      return node.operator === "+" && isText(node.left as Expression) && isText(node.right);
    case "ArrayExpression":
      return node.elements.every((one) => one !== null && one.type !== "SpreadElement" && isText(one));
    default:
      return false;
  }
};

/** A module with empty texts in place of those in its entries. */
export const withoutTexts = (path: string, code: string): string => {
  const found: { readonly start: number; readonly end: number; readonly list: boolean }[] = [];
  new Visitor({
    Property({ key, value }) {
      if (key.type !== "Identifier" || !TEXTS.has(key.name) || !isText(value as Expression)) return;
      found.push({ start: value.start, end: value.end, list: value.type === "ArrayExpression" });
    },
  }).visit(parseSync(path, code).program);
  return found
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, list }) => `${text.slice(0, start)}${list ? "[]" : '""'}${text.slice(end)}`,
      code,
    );
};
