import Backtesting
import Kernels
import Statistics

/// What one pass over strategies that stand side by side leaves: a tally of each over each segment, and what
/// cross-validation needs of each over each block.
struct SweepTallies: Sendable {
  let table: TallyTable
  /// `nil` where nothing is cross-validated.
  let sums: BlockSums?
  /// What is cross-validated, or why nothing is.
  let plan: Result<CrossValidationPlan, Absence>

  /// Runs all strategies of `experiment`, or some blocks of them.
  init(_ experiment: Experiment, blocks: Range<Int>? = nil, progress: RunProgress = RunProgress()) {
    let prepared = experiment.prepared
    let blocks = blocks ?? prepared.blocks
    plan = CrossValidationPlan.make(experiment)
    guard case .success(let plan) = plan else {
      table = prepared.run(blocks, progress: progress)
      sums = nil
      return
    }
    var table = TallyTable?.none
    let strategies = prepared.strategies(in: blocks)
    sums = BlockSums(plan.shape, part: strategies) { slots in
      table = prepared.run(blocks, progress: progress) {
        plan.write($0, to: slots, from: strategies.lowerBound)
      }
    }
    guard let table else { preconditionFailure("the sums were filled by a run") }
    self.table = table
  }

  /// What a pass has left.
  init(table: TallyTable, sums: BlockSums?, plan: Result<CrossValidationPlan, Absence>) {
    self.table = table
    self.sums = sums
    self.plan = plan
  }

  /// What is cross-validated of all strategies.
  ///
  /// - Precondition: these are all.
  var blocks: Result<Evidence.CrossValidated, Absence> {
    plan.map { plan in
      guard let sums else { preconditionFailure("a plan has sums") }
      return plan.crossValidated { $0(sums) }
    }
  }
}
