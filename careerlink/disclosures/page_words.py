"""What each page behind a supervisor's link shows of a student; a test finds pages without."""

WORDS = {
    "agreement_papers_by_link.download_by_link": "The learning agreement, downloaded",
    "agreements_by_link.show": "The learning agreement",
    "amendments_by_link.show": "A change to the learning agreement",
    "amendments_by_link.start": "That the learning agreement can be changed",
    "amendments_by_link.write": "The learning agreement, to propose a change",
    "check_ins_by_link.show": "Name, project and what this supervisor said of it",
    "evaluations_by_link.ask_correction": "The evaluation, to correct it",
    "evaluations_by_link.receipt_file": "The evaluation, as a file",
    "evaluations_by_link.show": "The evaluation",
    "evaluations_by_link.step": "The evaluation",
    "evidence_by_link.look": "Work handed in for the project",
    "evidence_by_link.show": "Work handed in for the project",
    "files.download_by_link": "A file of the project, downloaded",
    "hours_by_link.show": "Hours of the project",
    "students_by_link.show": "Name and project, in the list of this supervisor’s students",
    "supervisor.tasks": "Name, project and what there is to do",
}


def words(page: str) -> str:
    return WORDS.get(page) or page.replace("_by_link", "").replace("_", " ").replace(".", ", ")
