"""Reports: how sheets, cells and runs are shown to a person."""
