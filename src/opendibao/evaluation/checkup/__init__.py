"""报告体检: reads any evaluation report, ours or foreign, and says what does not hold, with its place."""
