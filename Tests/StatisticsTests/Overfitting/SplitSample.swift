import Kernels
import Statistics
import TestSupport

/// Block sums on which both kernels of cross-validation have to agree.
struct SplitSample: Sendable, CustomStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    /// Random sums, blocks of equal length.
    case ordinary
    /// Blocks of different lengths.
    case uneven
    /// Strategies that did nothing, that never changed, and that are NaN or infinite in a block.
    case gaps
    /// Strategies with a bar in the market in few blocks, whose squares have been rounded.
    case scarce
    /// Few strategies, many times each.
    case copies
    /// Copies of one strategy whose sums differ by a few units in the last place.
    case nearTies
    /// Copies of one strategy whose sums differ by what single precision hardly tells, and all but cancel.
    case closeTies
    /// Every other eight strategies have sums that single precision cannot hold, others no sum in half of the blocks, or
    /// hardly a deviation.
    case mixed
    /// Sums so small that their squares vanish.
    case tiny
    /// Sums whose squares overflow.
    case huge
    /// Strategies one block of which has an endless sum of squares, or all of which have losses too small to be normal.
    case extremes
  }

  let kind: Kind
  let strategies: Int
  let blocks: Int
  var description: String { "\(kind.rawValue), \(strategies) strategies, \(blocks) blocks" }

  static let all: [SplitSample] = Kind.allCases.flatMap { kind in
    [(2, 2), (7, 4), (8, 6), (9, 4), (17, 6), (20, 10), (131, 10), (65, 2), (131, 4)].map {
      SplitSample(kind: kind, strategies: $0.0, blocks: $0.1)
    }
  }

  var barsInBlock: [Int] { (0..<blocks).map { kind == .uneven ? 20 + 3 * $0 : 30 } }

  func sums(of quantities: [BlockQuantity]) throws -> BlockSums {
    try BlockSums(barsInBlock: barsInBlock, strategies: strategies, quantities: quantities) {
      strategy, block in
      tally(strategy, block)
    }
  }

  /// The same sums in parts of `length` strategies, the last one shorter; each goes through its bare numbers.
  func parts(of quantities: [BlockQuantity], length: Int) -> [BlockSums] {
    let shape = BlockSumsShape(barsInBlock: barsInBlock, strategies: strategies, quantities: quantities)
    return stride(from: 0, to: strategies, by: length).map { first in
      let part = first..<min(first + length, strategies)
      let sums = BlockSums(shape, part: part) { slots in
        for strategy in part {
          for block in 0..<blocks {
            slots.write(tally(strategy, block), strategy: strategy - first, block: block)
          }
        }
      }
      return BlockSums(shape, part: part, values: sums.values)
    }
  }

  func tally(_ strategy: Int, _ block: Int) -> Tally {
    let bars = barsInBlock[block]
    let original = kind == .copies ? strategy % 3 : kind == .nearTies || kind == .closeTies ? 0 : strategy
    var random = SeededGenerator(seed: UInt64(1_000 * original + block))
    var tally = Tally(bars: bars)
    tally.barsInMarket = Int(random.uniform() * Double(bars + 1))
    tally.winningBars = Int(random.uniform() * Double(tally.barsInMarket + 1))
    tally.tradesClosed = tally.barsInMarket / 3
    tally.tradesWon = tally.winningBars / 3
    tally.grossProfit = random.uniform()
    tally.grossLoss = random.uniform()
    tally.sumOfLosses = -random.uniform()
    tally.sum = random.uniform(-0.3...0.3)
    tally.sumOfSquares = Double(bars) * random.uniform(0.001...0.01)
    tally.sumOfSquaredLosses = tally.sumOfSquares * random.uniform()
    tally.sumOfCubes = tally.sumOfSquares * random.uniform(-0.1...0.1)
    tally.sumOfFourths = tally.sumOfSquares * random.uniform(0.01...0.1)
    tally.growth = 1 + tally.sum
    tally.turnover = Double(tally.tradesClosed * 2)
    distort(&tally, strategy, block)
    return tally
  }

  private func distort(_ tally: inout Tally, _ strategy: Int, _ block: Int) {
    let bars = tally.bars
    switch kind {
    case .gaps where strategy % 5 == 0: tally = Tally(bars: tally.bars)
    case .gaps where strategy % 5 == 1:
      tally.sum = 0.01 * Double(tally.bars)
      tally.sumOfSquares = 0.0001 * Double(tally.bars)
      tally.sumOfSquaredLosses = 0
    case .gaps where strategy % 5 == 2 && block == 0: tally.sum = .nan
    case .gaps where strategy % 5 == 3 && block == 1:
      tally.sum = .infinity
      tally.growth = 0
    case .scarce:
      tally.barsInMarket = (strategy + block) % 3 == 0 ? 1 : 0
      tally.sum = tally.barsInMarket == 0 ? 0 : tally.sum
      tally.sumOfSquares = Double(Float(tally.sum * tally.sum).nextUp)
    case .nearTies:
      // Four members, so that deviations differ by units too and not in step with means.
      tally.sum *= 1 + Double(strategy % 4) * 0x1p-52
      tally.sumOfSquares *= 1 + Double(strategy / 4 % 4) * 0x1p-51
      tally.sumOfSquaredLosses *= 1 + Double(strategy / 4 % 4) * 0x1p-51
      tally.growth = 1 + tally.sum
    case .closeTies:
      var random = SeededGenerator(seed: UInt64(1_000 * strategy + block))
      // Half of the blocks take back what the others gained.
      tally.sum = (block % 2 == 0 ? 0.2 : -0.2) * (1 + random.uniform(-1...1) * 0x1p-20)
      tally.sumOfSquares *= 1 + random.uniform(-1...1) * 0x1p-22
    case .mixed where strategy / 8 % 4 == 1: scale(&tally, 1e-30)
    case .mixed where strategy % 5 == 0 && block % 2 == 0: tally.sum = 0
    case .mixed where strategy % 7 == 3:
      tally.sum = 0.01 * Double(bars)
      tally.sumOfSquares = 0.0001 * Double(bars) * (1 + 1e-9 * Double(1 + strategy % 3))
    case .tiny: scale(&tally, 1e-155)
    case .huge: scale(&tally, 1e155)
    case .extremes where strategy % 16 == 3 && block == 1: tally.sumOfSquares = .infinity
    case .extremes where strategy % 16 == 8 && block == 0:
      tally.sum = -.infinity
      tally.sumOfSquaredLosses = .infinity
    case .extremes where strategy % 16 == 12: tally.sumOfSquaredLosses *= 0x1p-1030
    default: break
    }
  }

  /// What the returns' multiples by `factor` would have.
  private func scale(_ tally: inout Tally, _ factor: Double) {
    tally.sum *= factor
    tally.sumOfSquares *= factor * factor
    tally.sumOfSquaredLosses *= factor * factor
    tally.growth *= factor
  }
}
