import Statistics

extension CrossValidationFinding {
  /// Cross-validates the selection over the blocks.
  init(_ blocks: Evidence.CrossValidated, threads: Int) {
    self.init(
      overfitting: BacktestOverfitting(blocks.sums, metric: blocks.metric, threads: threads),
      metric: blocks.metricName, remark: blocks.remark, droppedBars: blocks.droppedBars,
      barsInBlock: blocks.sums.barsInBlock.first ?? 0)
  }
}
