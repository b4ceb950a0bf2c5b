import CSplitKernel

/// Some unions on their way through the strategies, and what is known of each; with room for the tables of a group of
/// strategies, so that nothing is allocated on the way.
public struct SplitProgress: ~Copyable {
  /// Bytes that one union takes.
  public static let bytesPerUnion =
    MemoryLayout<fluke_split_union>.stride + MemoryLayout<fluke_split_standing>.stride
    + SplitKernel.lanes * MemoryLayout<Double>.stride

  /// How many unions there are.
  public let count: Int
  private let unions: AlignedBuffer<fluke_split_union>
  private let table: AlignedBuffer<Double>
  private let totals: AlignedBuffer<Double>
  private let standings: AlignedBuffer<fluke_split_standing>

  /// No strategies yet.
  ///
  /// - Parameter unions: ascending, with the complement of each among them.
  public init(_ unions: [SplitUnion], for kernel: SplitKernel) {
    let all = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(kernel.blocks)) - 1)
    precondition(
      zip(unions, unions.reversed()).allSatisfy { $0.blocks ^ $1.blocks == all },
      "unions and their complements")
    count = unions.count
    table = AlignedBuffer(zeros: Self.tableCount(kernel))
    totals = AlignedBuffer(zeros: count * SplitKernel.lanes)
    self.unions = AlignedBuffer(zeros: count)
    standings = AlignedBuffer(zeros: count)
    for (index, union) in unions.enumerated() {
      // A total is a sum a bar of one bar.
      let bars = kernel.form == .total ? 1 : Double(union.bars)
      unsafe self.unions.base[index] = fluke_split_union(
        bars: bars, reciprocal: 1 / bars, correction: bars / (bars - 1),
        rounding: kernel.form.rounding.part(count: bars), singles: kernel.form.rounding.singles,
        blocks: union.blocks)
    }
    var run = unsafe run(kernel)
    unsafe fluke_split_begin(&run)
  }

  /// Bytes of the tables.
  public static func tableBytes(_ kernel: SplitKernel) -> Int {
    tableCount(kernel) * MemoryLayout<Double>.stride
  }

  private static func tableCount(_ kernel: SplitKernel) -> Int {
    // Sharpe ratios have that of two groups in single precision besides.
    let tables = kernel.form.metric == FLUKE_SPLIT_SHARPE ? 2 : 1
    return tables * (1 << (kernel.blocks / 2)) * kernel.form.quantities * SplitKernel.lanes
  }

  mutating func settle(strategies: Int, _ kernel: SplitKernel) {
    var run = unsafe run(kernel)
    unsafe fluke_split_settle(&run, strategies)
  }

  /// The run of `kernel` through no strategies.
  @unsafe func run(_ kernel: SplitKernel) -> fluke_split_run {
    unsafe fluke_split_run(
      metric: kernel.form.metric, blocks: Int32(kernel.blocks), is_cost: kernel.form.isCost ? 1 : 0, first: 0,
      strategies: 0, sums: nil, unions: unions.base, count: count, table: table.base, totals: totals.base,
      standings: standings.base)
  }

  /// What was found of union `index`.
  public func standing(_ index: Int) -> SplitStanding {
    precondition(index >= 0 && index < count, "one of these unions")
    let found = unsafe standings.base[index]
    let complement = unsafe standings.base[count - 1 - index]
    return SplitStanding(
      selected: Int(found.selected), inSample: found.in_sample, outOfSample: found.out_of_sample,
      isDefined: found.is_defined != 0, worse: Int(found.worse), equal: Int(found.equal),
      mean: complement.mean, undefined: Int(complement.undefined))
  }
}
