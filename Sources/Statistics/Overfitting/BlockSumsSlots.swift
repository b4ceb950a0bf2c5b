import Kernels

/// Where ``BlockSums`` under construction are written, by several threads, each number once.
///
/// No two tallies share a number, so no lock is needed. A worker best takes 64 strategies that stand side by side,
/// as the engine's blocks do: then no two threads write to one cache line either, but at the seams.
public struct BlockSumsSlots: Sendable {
  let slots: DisjointSlots<Double>
  let layout: BlockSumsLayout
  let strategies: Int
  let quantities: [BlockQuantity]

  /// Writes what cross-validation needs of `tally`, and lets the rest go.
  ///
  /// - Precondition: strategy and block are among those of the sums, and nobody else writes the same.
  public func write(_ tally: Tally, strategy: Int, block: Int) {
    writeAll(CollectionOfOne(tally), from: strategy, block: block)
  }

  /// Writes the same of strategies that stand side by side, from `strategy` on.
  ///
  /// - Precondition: strategies and block are among those of the sums, and nobody else writes the same.
  public func write(_ tallies: ArraySlice<Tally>, from strategy: Int, block: Int) {
    writeAll(tallies, from: strategy, block: block)
  }

  @inline(__always)
  private func writeAll(_ tallies: some RandomAccessCollection<Tally>, from strategy: Int, block: Int) {
    for index in quantities.indices {
      quantities[index].forEachValue(in: tallies) { place, value in
        write(value, quantity: index, strategy: strategy + place, block: block)
      }
    }
  }

  /// Writes quantity number `quantity` of a strategy and block.
  func write(_ value: Double, quantity: Int, strategy: Int, block: Int) {
    precondition(strategy >= 0 && strategy < strategies, "a strategy of these sums")
    precondition(block >= 0 && block < layout.blocks, "a block of these sums")
    slots.write(value, at: layout.index(strategy: strategy, quantity: quantity, block: block))
  }
}

/// Where each number of ``BlockSums`` stands.
struct BlockSumsLayout: Sendable {
  static let lanes = BlockSums.Lanes.scalarCount
  let blocks: Int
  let quantities: Int

  static func groups(_ strategies: Int) -> Int { (strategies + lanes - 1) / lanes }

  func count(strategies: Int) -> Int { Self.groups(strategies) * quantities * blocks * Self.lanes }

  @inline(__always)
  func index(strategy: Int, quantity: Int, block: Int) -> Int {
    let (group, lane) = strategy.quotientAndRemainder(dividingBy: Self.lanes)
    return ((group * quantities + quantity) * blocks + block) * Self.lanes + lane
  }
}
