/// What is wrong with the input of a statistic; a figure that is merely undefined is NaN instead.
public enum StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No track record is long enough to show a Sharpe ratio that the estimate does not exceed.
  case notAboveBenchmark(sharpePerBar: Double, benchmarkPerBar: Double)
  /// A p-value outside of [0, 1].
  case notAProbability(index: Int, value: Double)
  /// Fewer tests were declared than there are p-values.
  case fewerTestsThanPValues(tests: Int, pValues: Int)
  /// A correlation for which the simulation of Harvey, Liu and Zhu has no published parameters.
  case correlationWithoutParameters(Double)
  /// A number of blocks that is odd or out of range.
  case blocks(Int)
  /// Fewer bars than blocks.
  case fewerBarsThanBlocks(bars: Int, blocks: Int)
  /// Cross-validation ranks strategies, which takes two of them.
  case fewStrategies(Int)
  /// A quantity that a matrix of returns does not hold.
  case notInReturns(BlockQuantity)
  /// A split of bars that leaves a side empty or does not fit.
  case split(String, found: Int, needed: ClosedRange<Int>)
  /// A number of resamples that is out of range.
  case resamples(Int)
  /// A block length that is out of range for the bars.
  case blockLength(Double, bars: Int)
  /// A list of bars that is no resample of `bars` bars.
  case resampleList(number: Int, bars: Int)
  /// A list of bars that names one of them more often than is counted.
  case drawnTooOften(number: Int, times: Int)
  /// Resamples or a benchmark of other bars than the returns have.
  case otherBars(String, found: Int, needed: Int)
  /// A return of the benchmark that is not a finite number.
  case undefinedBenchmark(bar: Int)
  /// Too few bars for what is asked.
  case fewBars(found: Int, needed: Int)
  /// More bars than can be resampled.
  case manyBars(found: Int, most: Int)
  /// A level that is not between 0 and 1.
  case level(Double)
  /// Maxima over other resamples, which do not merge.
  case differentResamples
  /// A number of models that a confidence set cannot hold.
  case models(Int)
  /// A matrix that is not square, or whose number of cells is not rows times columns.
  case matrixShape(rows: Int, columns: Int, cells: Int)
  /// Fewer trials were declared than there are strategies.
  case fewerTrialsThanStrategies(trials: Int, strategies: Int)

  public var description: String {
    switch self {
    case .notAboveBenchmark(let sharpe, let benchmark):
      "minimum track record length: the Sharpe ratio per bar is \(sharpe), needed above the benchmark \(benchmark); "
        + "choose a lower benchmark"
    case .notAProbability(let index, let value):
      "p-value \(index): found \(value), expected a number from 0 to 1; correct or remove it"
    case .fewerTestsThanPValues(let tests, let pValues):
      "tests: \(tests) declared, expected at least the \(pValues) p-values given; count every test that was made"
    case .correlationWithoutParameters(let correlation):
      "Harvey-Liu-Zhu simulation: correlation \(correlation), published parameters cover 0 to 0.8; "
        + "use Bonferroni instead"
    case .blocks(let blocks):
      "cross-validation blocks: found \(blocks), expected an even number from 2 to \(BlockSums.maximumBlocks); "
        + "choose another number"
    case .fewerBarsThanBlocks(let bars, let blocks):
      "cross-validation blocks: \(bars) bars, needed at least one for each of \(blocks) blocks; use fewer blocks"
    case .fewStrategies(let count):
      "cross-validation: found \(count == 1 ? "1 strategy" : "\(count) strategies"), needed at least 2 to rank; give the ones that were tried"
    case .notInReturns(let quantity):
      "cross-validation metric: needs \(quantity.rawValue), a matrix of returns has returns alone; "
        + "choose a metric of returns"
    case .split(let what, let found, let needed):
      "splits: \(what) is \(found), expected \(needed.lowerBound) to \(needed.upperBound); choose another"
    case .resamples(let count):
      "bootstrap: found \(count) resamples, expected 1 to \(Resamples.maximumCount); choose another number"
    case .blockLength(let length, let bars):
      "bootstrap: the block length is \(length), expected 1 to the \(bars) bars; choose another"
    case .resampleList(let number, let bars):
      "bootstrap: resample \(number) does not list \(bars) bars from 0 to \(bars - 1), as all have to; correct it"
    case .drawnTooOften(let number, let times):
      "bootstrap: resample \(number) draws one bar \(times) times, expected at most \(Resamples.mostOfOneBar); "
        + "correct it"
    case .otherBars(let what, let found, let needed):
      "bootstrap: \(what) of \(found) bars, needed the \(needed) bars of the returns; align them"
    case .undefinedBenchmark(let bar):
      "benchmark: its return of bar \(bar) is not a finite number, needed one for each bar; leave that bar out"
    case .fewBars(let found, let needed):
      "bootstrap: found \(found) bars, needed at least \(needed); use a longer history"
    case .manyBars(let found, let most):
      "bars: found \(found), resampling takes \(most) at most; test fewer bars, or without the bootstrap"
    case .level(let level):
      "level: found \(level), expected a number between 0 and 1; choose one such as 0.05"
    case .differentResamples:
      "bootstrap: the parts were resampled in different ways, needed the same resamples to merge; "
        + "use one seed, scheme and number"
    case .models(let count):
      "model confidence set: found \(count) models, expected 2 to \(ModelConfidenceSet.maximumModels); "
        + "choose the best"
    case .matrixShape(let rows, let columns, let cells):
      "matrix: \(cells) cells, expected \(rows) rows of \(columns); check its shape"
    case .fewerTrialsThanStrategies(let trials, let strategies):
      "trials: \(trials) declared, expected at least the \(strategies) strategies given; count every one that was tried"
    }
  }
}
