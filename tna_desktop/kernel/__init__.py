"""What every stage stands on: the document, its journal, the workflow, languages. Knows no stage and no Qt."""
