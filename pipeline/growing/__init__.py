"""How the tracker grows: a tab comes when something happens that needs one."""
