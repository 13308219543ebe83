/** The study that the command put into the page; empty where it put none. */
export const embeddedStudy = (): string => document.getElementById("study")?.textContent?.trim() ?? "";
