/** What is worn on the head: behind everything, and over the hair. */
export interface Headwear {
  readonly behind: string;
  readonly front: string;
}
