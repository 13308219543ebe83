export const FORCE_OPTION = ["--force", "let an output replace a file that is not of its kind"] as const;
