/** What the three parts of the page share. */
export interface ServiceProps {
  /** Of the service. */
  readonly address: string;
  readonly projectId: string;
  onProjectId(projectId: string): void;
}
