/** The workspace whose page is shown: what requests act in. The router alone sets it, before it loads a page. */
let shown: string | undefined;

export const currentWorkspace = (): string | undefined => shown;
export const showWorkspace = (workspaceId: string | undefined): void => {
  shown = workspaceId;
};
