import Backtesting
import Kernels
import Statistics

/// All that the passes over the strategies of a sweep leave for the stages after them, whether one process has made them
/// or shards have: which of the two makes no difference to any byte of an artifact.
struct SweepParts: Sendable {
  /// Of every strategy over every segment.
  let tallies: TallyParts
  /// Strategies by block of time, or why nothing is cross-validated.
  let blocks: Result<Evidence.CrossValidated, Absence>
  /// What else shards have found.
  let findings: Findings?

  /// What is found out strategy by strategy in the stage that measures, and so in the shards.
  struct Findings: Sendable {
    /// What resampling has left, in the order of strategies; `nil` where nothing could be resampled.
    let resampled: @Sendable (Resamples) throws -> [SnoopingPart]?
    /// The winners of every split, part by part.
    let foldWinners: @Sendable (FoldKind) throws -> [[FoldSweep.Winner?]]
    /// What every permutation has left, part by part.
    let permuted: @Sendable () throws -> [[PermutationFinding.Permuted]]
  }

  /// What one process has run at once; the rest is found out when it is asked for.
  init(_ tallies: SweepTallies) {
    self.init(tallies: TallyParts(tallies.table), blocks: tallies.blocks, findings: nil)
  }

  /// See the properties of the same names.
  init(tallies: TallyParts, blocks: Result<Evidence.CrossValidated, Absence>, findings: Findings?) {
    self.tallies = tallies
    self.blocks = blocks
    self.findings = findings
  }
}
