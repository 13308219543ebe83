/** What a chart can be saved as. */
export const FORMS = ["CSV", "SVG", "PNG"] as const;
export type Form = (typeof FORMS)[number];
