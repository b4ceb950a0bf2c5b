import Backtesting
import Kernels
import Statistics

/// What one pass over strategies that stand side by side leaves: a tally of each over each segment, and what
/// cross-validation needs of those that are ranked over each block.
struct SweepTallies: Sendable {
  let table: TallyTable
  /// Of the strategies in ``ranked``, side by side; `nil` where nothing is cross-validated.
  let sums: BlockSums?
  /// The numbers of the strategies that are ranked, ascending.
  let ranked: [UInt32]
  /// What is cross-validated, or why nothing is.
  let plan: Result<CrossValidationPlan, Absence>

  /// Runs all strategies of `experiment`, or some blocks of them.
  init(_ experiment: Experiment, blocks: Range<Int>? = nil, progress: RunProgress = RunProgress()) {
    self.init(
      experiment.prepared, plan: CrossValidationPlan.make(experiment),
      blocks: blocks ?? experiment.prepared.blocks, progress: progress)
  }

  /// Runs some blocks of strategies, on bars that are cut as `plan` has them.
  init(
    _ prepared: PreparedStrategies, plan: Result<CrossValidationPlan, Absence>, blocks: Range<Int>,
    progress: RunProgress = RunProgress()
  ) {
    self.plan = plan
    guard case .success(let plan) = plan else {
      table = prepared.run(blocks, progress: progress)
      sums = nil
      ranked = []
      return
    }
    var made: (table: TallyTable, sums: BlockSums)?
    let strategies = prepared.strategies(in: blocks)
    // Where nothing was written there is no strategy.
    let none = UInt32.max
    let numbers = DisjointSlots.fill(count: strategies.count, repeating: none) { numbers in
      made = Self.run(plan, prepared, blocks, progress, numbers)
    }
    guard let made else { preconditionFailure("the numbers were filled by a run") }
    table = made.table
    sums = made.sums
    ranked = numbers.filter { $0 != none }
  }

  /// Runs some blocks. Each block writes its ranked strategies, and their numbers, from its own first place on.
  private static func run(
    _ plan: CrossValidationPlan, _ prepared: PreparedStrategies, _ blocks: Range<Int>,
    _ progress: RunProgress, _ numbers: DisjointSlots<UInt32>
  ) -> (table: TallyTable, sums: BlockSums) {
    var table = TallyTable?.none
    let first = prepared.strategies(in: blocks).lowerBound
    let width = TilePlan.strategiesPerBlock
    let sums = BlockSums(packing: plan.barsInBlock, quantities: plan.metric.quantities, room: numbers.count) {
      slots in
      let counts = DisjointSlots.fill(count: blocks.count, repeating: 0) { counts in
        table = prepared.run(blocks, progress: progress) { tallies in
          let start = tallies.firstStrategy - first
          var place = start
          for lanes in plan.ranked(tallies) {
            plan.write(lanes, of: tallies, to: slots, from: place)
            numbers.write(lanes.map { UInt32(tallies.firstStrategy + $0) }, from: place)
            place += lanes.count
          }
          counts.write(place - start, at: start / width)
        }
      }
      return counts.enumerated().map { $0 * width..<$0 * width + $1 }
    }
    guard let table else { preconditionFailure("the sums were filled by a run") }
    return (table, sums)
  }

  /// What a pass has left.
  init(table: TallyTable, sums: BlockSums?, ranked: [UInt32], plan: Result<CrossValidationPlan, Absence>) {
    self.table = table
    self.sums = sums
    self.ranked = ranked
    self.plan = plan
  }

  /// What is cross-validated of all strategies.
  ///
  /// - Precondition: these are all.
  var blocks: Result<Evidence.CrossValidated, Absence> {
    plan.flatMap { plan in
      plan.crossValidated(ranked.count, of: table.count) { _, body in
        guard let sums else { preconditionFailure("a plan has sums") }
        body(sums)
      }
    }
  }
}
