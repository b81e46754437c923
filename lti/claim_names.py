"""Names of claims, and of the custom parameters that CareerLink asks platforms for."""

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
MESSAGE_TYPE = f"{LTI}message_type"
VERSION = f"{LTI}version"
DEPLOYMENT = f"{LTI}deployment_id"
TARGET = f"{LTI}target_link_uri"
ROLES = f"{LTI}roles"
RESOURCE_LINK = f"{LTI}resource_link"
CONTEXT = f"{LTI}context"
CUSTOM = f"{LTI}custom"
LIS = f"{LTI}lis"
PLATFORM = f"{LTI}tool_platform"
PRESENTATION = f"{LTI}launch_presentation"
FOR_USER = f"{LTI}for_user"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
DL_CLAIM = "https://purl.imsglobal.org/spec/lti-dl/claim/"
CONTENT_ITEMS = f"{DL_CLAIM}content_items"
DL_DATA = f"{DL_CLAIM}data"
DL_MESSAGE = f"{DL_CLAIM}msg"
DL_ERROR = f"{DL_CLAIM}errormsg"
DL_ERROR_LOG = f"{DL_CLAIM}errorlog"
PLACEMENT = "https://www.instructure.com/placement"
NOTICES = f"{LTI}platformnotificationservice"
NOTICE = f"{LTI}notice"
ORIGIN_CONTEXTS = f"{LTI}origin_contexts"

CUSTOM_PARAMETERS = {
    "context_history": "$Context.id.history",
    "course_ends_at": "$CourseSection.timeFrame.end",
    "person_time_zone": "$Person.address.timezone",
}
"""Every platform is asked for these: launches read them beside a link's own ``content``."""
CANVAS_CUSTOM_PARAMETERS = {
    **CUSTOM_PARAMETERS,
    "masquerading_user_id": "$Canvas.masqueradingUser.id",
    "prefers_high_contrast": "$Canvas.user.prefersHighContrast",
    "canvas_api_base_url": "$Canvas.api.baseUrl",
    "course_state": "$Canvas.course.workflowState",
    "course_ends_at": "$Canvas.course.endAt",
    "term_ends_at": "$Canvas.term.endAt",
}
