import CSplitKernel

/// Half of the blocks of a cross-validation.
public struct SplitUnion: Equatable, Sendable {
  /// Bit b stands for block b.
  public var blocks: UInt32
  /// The bars of these blocks.
  public var bars: Int

  /// See the properties of the same names.
  public init(blocks: UInt32, bars: Int) {
    self.blocks = blocks
    self.bars = bars
  }
}

/// The best strategy over a union, and how it stands among all on the complement of it.
public struct SplitStanding: Equatable, Sendable {
  /// The best over the union, of equals the first; 0 where none has a value.
  public let selected: Int
  /// Its value over the union.
  public let inSample: Double
  /// Its value on the complement.
  public let outOfSample: Double
  /// The strategies that do worse on the complement; no value is worse than any.
  public let worse: Int
  /// The strategies that do the same there, the selected one included.
  public let equal: Int
  /// The mean on the complement of those that have a value there; NaN without any.
  public let mean: Double
  /// The strategies without a value on the complement.
  public let undefined: Int
}

/// The fast path of cross-validation: many strategies over unions of blocks.
///
/// A wrapper of the C kernel; `BlockCrossValidation` in Statistics is its specification, and gives the same bits.
public struct SplitKernel: Sendable {
  /// The strategies that stand side by side.
  public static let lanes = Int(FLUKE_SPLIT_LANES)

  /// What is made of the sums.
  public let form: SplitForm
  /// S, even.
  public let blocks: Int
  /// N.
  public let strategies: Int
  private let sums: [Double]

  /// - Parameter sums: by group of ``lanes`` strategies, then by the form's quantities, then by block, then by strategy;
  ///   the last group is padded.
  public init(form: SplitForm, blocks: Int, strategies: Int, sums: [Double]) {
    let groups = (strategies + Self.lanes - 1) / Self.lanes
    precondition(blocks >= 2 && blocks <= 32 && blocks % 2 == 0, "an even number of blocks")
    precondition(strategies >= 1 && strategies <= Int(UInt32.max), "strategies have numbers of 32 bits")
    precondition(sums.count == groups * form.quantities * blocks * Self.lanes, "sums of this form")
    self.form = form
    self.blocks = blocks
    self.strategies = strategies
    self.sums = sums
  }

  /// Takes some unions through all strategies.
  ///
  /// - Parameters:
  ///   - unions: ascending, with the complement of each among them.
  ///   - emit: called with the index of each union and what was found.
  public func account(
    _ unions: [SplitUnion], in workspace: inout SplitWorkspace, emit: (Int, SplitStanding) -> Void
  ) {
    let all = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(blocks)) - 1)
    precondition(
      zip(unions, unions.reversed()).allSatisfy { $0.blocks ^ $1.blocks == all },
      "unions and their complements")
    workspace.load(unions, for: self)
    unsafe sums.withUnsafeBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      var run = unsafe fluke_split_run(
        metric: form.metric, blocks: Int32(blocks), is_cost: form.isCost ? 1 : 0, strategies: strategies,
        sums: sums, unions: workspace.unions.base, count: unions.count, tables: workspace.tables.base,
        totals: workspace.totals.base, standings: workspace.standings.base)
      unsafe fluke_split(&run)
    }
    for index in unions.indices { emit(index, workspace.standing(index, of: unions.count)) }
  }
}
