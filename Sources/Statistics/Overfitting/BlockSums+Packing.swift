import Kernels

extension BlockSums {
  /// The sums of some strategies of many, side by side as if there were no others.
  ///
  /// Which strategies these are shows while their tallies are made, on several threads: each of these writes its
  /// strategies from a place of its own on, and what is left between them is closed afterwards, in place.
  ///
  /// - Parameters:
  ///   - barsInBlock: the bars of each block, in the order of time; blocks may differ in length.
  ///   - room: the places that there are.
  ///   - fill: writes each tally once, and returns the places that hold strategies, ascending.
  public init(
    packing barsInBlock: [Int], quantities: [BlockQuantity], room: Int,
    fill: (BlockSumsSlots) -> [Range<Int>]
  ) {
    let layout = BlockSumsLayout(blocks: barsInBlock.count, quantities: quantities.count)
    var taken: [Range<Int>] = []
    var values = DisjointSlots.fill(count: layout.count(strategies: room), repeating: 0) { slots in
      taken = fill(BlockSumsSlots(slots: slots, layout: layout, strategies: room, quantities: quantities))
    }
    let count = layout.close(&values, to: taken)
    let shape = BlockSumsShape(barsInBlock: barsInBlock, strategies: count, quantities: quantities)
    self.init(shape, part: 0..<count, values: values)
  }
}

extension BlockSumsLayout {
  /// Moves the strategies at the places `taken`, which ascend, up to the first ones, and cuts the rest off.
  ///
  /// - Returns: how many they are.
  fileprivate func close(_ values: inout [Double], to taken: [Range<Int>]) -> Int {
    var count = 0
    for place in taken.joined() {
      if place > count { move(place, to: count, in: &values) }
      count += 1
    }
    values.removeLast(values.count - self.count(strategies: count))
    clearPadding(after: count, in: &values)
    return count
  }

  /// Pads the last group of `count` strategies with zeros.
  func clearPadding(after count: Int, in values: inout [Double]) {
    for lane in count..<Self.groups(count) * Self.lanes { forEachIndex(of: lane) { values[$0] = 0 } }
  }

  private func move(_ strategy: Int, to other: Int, in values: inout [Double]) {
    let offset =
      index(strategy: strategy, quantity: 0, block: 0) - index(strategy: other, quantity: 0, block: 0)
    forEachIndex(of: other) { values[$0] = values[$0 + offset] }
  }

  /// The indices of all numbers of a strategy, which are equally far from each other in any two strategies.
  @inline(__always)
  func forEachIndex(of strategy: Int, _ body: (Int) -> Void) {
    let first = index(strategy: strategy, quantity: 0, block: 0)
    for number in 0..<quantities * blocks { body(first + number * Self.lanes) }
  }
}

/// Parts of any number of strategies that follow each other, handed on in whole groups of eight.
public struct BlockSumsSeams {
  private let shape: BlockSumsShape
  private let layout: BlockSumsLayout
  /// Strategies that were handed on.
  private var done = 0
  /// The values of those that still lack some to make a group.
  private var waiting: [Double] = []
  private var count = 0

  /// - Parameter shape: of all parts together.
  public init(_ shape: BlockSumsShape) {
    self.shape = shape
    layout = BlockSumsLayout(blocks: shape.blocks, quantities: shape.quantities.count)
  }

  /// Takes the next part and calls `body` with what is whole, if anything is.
  ///
  /// - Parameters:
  ///   - strategies: how many the part has.
  ///   - values: ``BlockSums/values`` of the part by itself.
  /// - Precondition: no part that goes beyond the shape.
  public mutating func take(strategies: Int, values: [Double], _ body: (BlockSums) -> Void) {
    precondition(values.count == layout.count(strategies: strategies), "sums of this shape")
    let isLast = done + count + strategies == shape.strategies
    if count == 0 {
      (waiting, count) = (values, strategies)
    } else {
      waiting += Array(
        repeating: 0, count: layout.count(strategies: count + strategies) - layout.count(strategies: count))
      for strategy in 0..<strategies {
        let first = layout.index(strategy: strategy, quantity: 0, block: 0)
        let offset = first - layout.index(strategy: count + strategy, quantity: 0, block: 0)
        layout.forEachIndex(of: count + strategy) { waiting[$0] = values[$0 + offset] }
      }
      count += strategies
    }
    let whole = isLast ? count : count / BlockSumsLayout.lanes * BlockSumsLayout.lanes
    guard whole > 0 else { return }
    let part = done..<done + whole
    let size = layout.count(strategies: whole)
    if whole == count {
      body(BlockSums(shape, part: part, values: waiting))
      waiting = []
    } else {
      body(BlockSums(shape, part: part, values: Array(waiting[..<size])))
      waiting.removeFirst(size)
    }
    done += whole
    count -= whole
  }
}
