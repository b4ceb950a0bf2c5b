import CSplitKernel

/// The memory of one worker: tables of one group of strategies, and what is kept of each union.
///
/// It grows to the most unions that it meets, so that nothing is allocated from then on.
public struct SplitWorkspace: ~Copyable {
  var tables = AlignedBuffer<Double>(count: 0, initial: 0)
  var totals = AlignedBuffer<Double>(count: 0, initial: 0)
  var unions = AlignedBuffer<fluke_split_union>(count: 0, initial: fluke_split_union())
  var standings = AlignedBuffer<fluke_split_standing>(count: 0, initial: fluke_split_standing())

  public init() {}

  /// Makes room for the unions, and copies them in.
  mutating func load(_ unions: [SplitUnion], for kernel: borrowing SplitKernel) {
    let room = (2 << (kernel.blocks / 2)) * kernel.form.quantities * SplitKernel.lanes
    if tables.count < room { tables = AlignedBuffer(count: room, initial: 0) }
    if standings.count < unions.count {
      totals = AlignedBuffer(count: unions.count * SplitKernel.lanes, initial: 0)
      self.unions = AlignedBuffer(count: unions.count, initial: fluke_split_union())
      standings = AlignedBuffer(count: unions.count, initial: fluke_split_standing())
    }
    for (index, union) in unions.enumerated() {
      // A total is a sum a bar of one bar.
      let bars = kernel.form == .total ? 1 : Double(union.bars)
      unsafe self.unions.base[index] = fluke_split_union(
        bars: bars, reciprocal: 1 / bars, correction: bars / (bars - 1),
        // Either sum of n terms is off by up to (n + 1)·2⁻⁵³ of itself, the square of the mean by twice that.
        rounding: (bars + 8) * 0x1p-51, blocks: union.blocks)
    }
  }

  /// What was found of union `index` of `count`.
  func standing(_ index: Int, of count: Int) -> SplitStanding {
    let found = unsafe standings.base[index]
    let complement = unsafe standings.base[count - 1 - index]
    let undefined = Int(complement.undefined)
    let hasValue = !found.out_of_sample.isNaN
    return SplitStanding(
      selected: Int(found.selected), inSample: found.in_sample, outOfSample: found.out_of_sample,
      worse: hasValue ? Int(found.worse) + undefined : 0, equal: hasValue ? Int(found.equal) : undefined,
      mean: complement.mean, undefined: undefined)
  }
}
