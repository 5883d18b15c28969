/** What the form is for. */
export type Mode =
  | { readonly kind: 'create'; readonly trigger: string | undefined }
  | { readonly kind: 'edit'; readonly webhookId: string }
  | { readonly kind: 'draft'; readonly webhookId: string };

export type EditMode = Exclude<Mode, { kind: 'create' }>;
