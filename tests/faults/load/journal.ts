/** A simulated user. */
export interface FaultUser {
  readonly subject: string;
  readonly token: string;
  readonly accountId: string;
  readonly projectId: string;
  /** Where its webhook's deliveries are signed with this; undefined without a webhook. */
  webhookSecret: string | undefined;
  /** How many of its generations were accepted. */
  accepted: number;
  /** Its account was erased, or may have been. */
  isErased: boolean;
}

/** What a generation was promised to be. */
interface AcceptedGeneration {
  readonly id: string;
  readonly user: FaultUser;
  /** In the prompt of this generation only, and so in the providers' bills; undefined for an upload. */
  readonly mark: string | undefined;
  /** Its avatar was deleted for good, or that was tried. */
  isDeleted: boolean;
}

/** What users were answered: the promises that the checks hold the studio to. */
export interface Journal {
  readonly users: FaultUser[];
  /** Answered with 201 or 202, by id. */
  readonly accepted: Map<string, AcceptedGeneration>;
  /** Every mark that was sent, also in requests without an answer, and the number of images requested with it. */
  readonly marks: Set<string>;
  readonly uploads: { readonly id: string; readonly user: FaultUser }[];
  /** Answers that contradict an earlier one, such as another id for a repeated key. */
  readonly contradictions: string[];
  /** How often each operation was tried, by its name and the answer's status. */
  readonly answers: Map<string, number>;
}

export function createJournal(): Journal {
  return { users: [], accepted: new Map(), marks: new Set(), uploads: [], contradictions: [], answers: new Map() };
}

export function countAnswer({ answers }: Journal, name: string, status: number | undefined): void {
  const key = `${name} ${status ?? 'none'}`;
  answers.set(key, (answers.get(key) ?? 0) + 1);
}
