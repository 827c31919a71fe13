/** What a costume adds, from behind everything to in front of the face. */
export interface Dress {
  readonly behind?: string;
  readonly torso: string;
  /** On the face, moving with it. */
  readonly face?: string;
  /** Over hair and chin: helmets, raised collars. */
  readonly over?: string;
}
