/** A repository on GitHub, as the stand-in for the GitHub CLI keeps it. */
export interface FakeRepository {
  repository: string;
  signedIn: boolean;
  admin: boolean;
  /** Whether main counts as protected. */
  protected: boolean;
  alerts: boolean;
  analysis: Record<string, string>;
  variables: Record<string, string>;
  rulesets: { enforcement: string; rules: { type: string; parameters?: Record<string, unknown> }[] }[];
  environments: Record<string, FakeEnvironment>;
}

export interface FakeEnvironment {
  policy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  reviewers: { type: string; id: number }[];
  preventSelfReview: boolean;
  variables: Record<string, string>;
}

/** A repository as new, of which nothing was set up. */
export const fresh: FakeRepository = {
  repository: 'birds/aviary',
  signedIn: true,
  admin: true,
  protected: true,
  alerts: false,
  analysis: { secret_scanning: 'disabled', secret_scanning_push_protection: 'disabled' },
  variables: {},
  rulesets: [],
  environments: {},
};
