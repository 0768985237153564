/** How telling a webhook went. */
export interface Delivery {
  delivered: boolean;
  attempts: number;
  /** Why not, in one line that names the host and no more of the address; null: it was delivered. */
  reason: string | null;
}
