"""The permissions that a platform grants a tool, by their names in tokens and claims."""

AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
LINE_ITEM = f"{AGS}lineitem"
LINE_ITEM_READ = f"{AGS}lineitem.readonly"
RESULT_READ = f"{AGS}result.readonly"
SCORE = f"{AGS}score"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
NOTICES = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"

GRADES = (LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)
