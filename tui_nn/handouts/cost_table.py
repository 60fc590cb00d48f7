"""CSV for spreadsheets and programs: the cost of every iteration, and the matrices of one."""

from tui_nn.network import Run, Step
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.writing.notation.signs import ASCII
from tui_nn.writing.reports.run_report import show_report


def csv_table(plan: RunPlan, run: Run, iteration: int, step: Step | None) -> str:
    """Lines of ``name,row,column,value``: ``iteration`` as the command show prints it, then J of every iteration.

    Where J has a penalty, J without it follows, of every iteration too.
    """
    document = plan.document_at(iteration)
    report = show_report(
        document, run.pass_at(iteration), iteration, step, ASCII.for_network(document.network), run.costs[:iteration]
    )
    run.extend(plan.document.iterations)
    iterations = plan.document.iterations
    report.add("history", run.costs[:iterations])
    if run.data_costs is not None:
        report.add("data_history", run.data_costs[:iterations])
    if run.overflow:
        report.add("overflow", {"iteration": run.overflow.iteration, "matrix": run.overflow.name})
    return report.csv()
