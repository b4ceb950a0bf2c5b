import Kernels

extension ResampledModels {
  /// The eliminations by T_max. Each step compares with another average, so each goes over all resamples again.
  ///
  /// After a step whose p-value is 1 all that are left have that, whichever would fall first: no further one is made.
  func eliminateByMaximum(threads: Int) -> [Elimination] {
    let variances = variances()
    var left = models
    var steps: [Elimination] = []
    while left.count > 1 {
      let (statistics, resampled) = maxima(of: left, variances: variances, threads: threads)
      let worst = statistics.max() ?? 0
      // Only equal ones are left.
      if worst <= 0 { break }
      let pValue = pValue(worst, resampled)
      if pValue == 1 { break }
      let isWorst = statistics.map { $0 == worst }
      steps.append(Elimination(models: zip(left, isWorst).filter(\.1).map(\.0), pValue: pValue))
      left = zip(left, isWorst).filter { !$0.1 }.map(\.0)
    }
    if !left.isEmpty { steps.append(Elimination(models: left, pValue: 1)) }
    return steps
  }

  /// How far each model of `left` is below their average, in deviations, and for each resample the largest of the same.
  private func maxima(
    of left: [Int], variances: [Double], threads: Int
  ) -> (statistics: [Double], resampled: [Double]) {
    let threads = left.count * resamples < Self.fewestMovesForThreads ? 1 : threads
    let average = average(of: left, threads: threads)
    let meanSum = left.reduce(0) { $0 + sums[$1] } / Double(left.count)
    var statistics: [Double] = []
    let items = (left.count + Self.modelsAtATime - 1) / Self.modelsAtATime
    // A maximum is the same in whatever order it is looked for.
    let maxima = DisjointSlots.fill(count: items, repeating: [Double]()) { maxima in
      statistics = DisjointSlots.fill(count: left.count, repeating: 0) { statistics in
        Workers.forEach(items: items, threads: threads) {
          0
        } body: { _, item in
          var resampled = Array(repeating: -Double.infinity, count: resamples)
          for place in item * Self.modelsAtATime..<min((item + 1) * Self.modelsAtATime, left.count) {
            let model = left[place]
            let variance =
              ResampleRows.sumOfSquaredDifferences(moves, row(model), average, 0..<resamples)
              / Double(resamples)
            let statistic = studentised(
              meanSum - sums[model], variance: variance, ofVariances: variances[model],
              ofSums: sums[model].magnitude)
            statistics.write(statistic, at: place)
            ResampleRows.raise(
              &resampled, to: average, 0..<resamples, less: moves, row(model),
              scale: scale(variance: variance, ofVariances: variances[model]), magnitude: false)
          }
          maxima.write(resampled, at: item)
        }
      }
    }
    let resampled = (0..<resamples).map { resample in
      maxima.reduce(-Double.infinity) { max($0, $1[resample]) }
    }
    return (statistics, resampled)
  }

  /// The average move of `left` in each resample.
  private func average(of left: [Int], threads: Int) -> [Double] {
    DisjointSlots.fill(count: resamples, repeating: 0) { averages in
      let items = (resamples + Self.resamplesAtATime - 1) / Self.resamplesAtATime
      Workers.forEach(items: items, threads: threads) {
        0
      } body: { _, item in
        let first = item * Self.resamplesAtATime
        let length = min(Self.resamplesAtATime, resamples - first)
        var total = Array(repeating: 0.0, count: length)
        for model in left {
          let start = row(model).lowerBound + first
          ResampleRows.add(moves, start..<start + length, to: &total)
        }
        for resample in total.indices { total[resample] /= Double(left.count) }
        averages.write(total, from: first)
      }
    }
  }

  /// Moves below which a step takes less time than waking threads for it.
  private static let fewestMovesForThreads = 1 << 16
  /// Rows that one thread goes over before it takes more: enough that handing them out costs nothing beside them.
  private static let modelsAtATime = 32
  private static let resamplesAtATime = 256

  /// The eliminations by T_R.
  ///
  /// Which model falls follows from what is observed alone, so the order is found first. The sets that are left
  /// shrink, so from the last to the first each one's maxima are the next one's and those of the pairs that join:
  /// every pair goes over the resamples once.
  func eliminateByRange() -> [Elimination] {
    let pairs = PairStatistics(self)
    var order: [(models: [Int], statistic: Double)] = []
    var left = models
    var worstAgainst = left.map { model in pairs.worst(model, left) }
    while left.count > 1 {
      let statistic = worstAgainst.reduce(0) { max($0, $1.statistic) }
      if statistic <= 0 { break }
      let isWorst = worstAgainst.map { $0.statistic == statistic }
      let fallen = zip(left, isWorst).filter(\.1).map(\.0)
      order.append((fallen, statistic))
      let kept = left.indices.filter { !isWorst[$0] }
      let stay = kept.map { left[$0] }
      worstAgainst = kept.map { index in
        // Another's worst rival is still there, or has to be found again.
        fallen.contains(worstAgainst[index].rival) ? pairs.worst(left[index], stay) : worstAgainst[index]
      }
      left = stay
    }
    var resampled = Array(repeating: 0.0, count: resamples)
    var joined: [Int] = []
    join(left, &joined, pairs, &resampled)
    var steps = left.isEmpty ? [] : [Elimination(models: left, pValue: 1)]
    for step in order.reversed() {
      join(step.models, &joined, pairs, &resampled)
      steps.append(Elimination(models: step.models, pValue: pValue(step.statistic, resampled)))
    }
    return steps.reversed()
  }

  /// Raises `resampled` to the pairs that `models` make among themselves and with those that joined before.
  private func join(
    _ models: [Int], _ joined: inout [Int], _ pairs: PairStatistics, _ resampled: inout [Double]
  ) {
    for model in models {
      for other in joined {
        ResampleRows.raise(
          &resampled, to: moves, row(model), less: moves, row(other), scale: pairs.scale(model, other),
          magnitude: true)
      }
      joined.append(model)
    }
  }
}

/// For each pair of models how much worse one is than the other, in deviations.
private struct PairStatistics {
  private let count: Int
  private var statistics: [Double]
  private var scales: [Double]

  init(_ resampled: ResampledModels) {
    count = resampled.sums.count
    statistics = Array(repeating: 0, count: count * count)
    scales = statistics
    let variances = resampled.variances()
    for (place, model) in resampled.models.enumerated() {
      for other in resampled.models[..<place] {
        let variance =
          ResampleRows.sumOfSquaredDifferences(
            resampled.moves, resampled.row(model), resampled.moves, resampled.row(other))
          / Double(resampled.resamples)
        let ofVariances = variances[model] + variances[other]
        let statistic = resampled.studentised(
          resampled.sums[other] - resampled.sums[model], variance: variance, ofVariances: ofVariances,
          ofSums: resampled.sums[model].magnitude + resampled.sums[other].magnitude)
        statistics[model * count + other] = statistic
        statistics[other * count + model] = -statistic
        let scale = resampled.scale(variance: variance, ofVariances: ofVariances)
        scales[model * count + other] = scale
        scales[other * count + model] = scale
      }
    }
  }

  /// 1 over the deviation of the difference; 0 where there is none.
  func scale(_ model: Int, _ other: Int) -> Double { scales[model * count + other] }

  /// The rival in `left` to which `model` loses most.
  func worst(_ model: Int, _ left: [Int]) -> (statistic: Double, rival: Int) {
    var worst = (statistic: -Double.infinity, rival: model)
    for rival in left where rival != model && statistics[model * count + rival] > worst.statistic {
      worst = (statistics[model * count + rival], rival)
    }
    return worst
  }
}
