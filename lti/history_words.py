"""What the actions of this package are called on screen, by audit verb."""

WORDS = {
    "lti_deployment:appear": "A deployment opened CareerLink for the first time, and waits",
    "lti_deployment:approve": "A deployment was approved",
    "lti_deployment:move": "A deployment was given to another institution",
    "lti_deployment:turn_off": "A deployment was switched off",
    "lti_registration:activate": "The registration was switched on",
    "lti_registration:add": "The registration was added",
    "lti_registration:change": "Settings were changed",
    "lti_registration:deactivate": "The registration was switched off",
    "lti_registration:map_roles": "The role map was changed",
    "lti_registration:register_again": "The LMS registered again",
    "lti_registration:succeed": "It took over from an older registration",
    "lti_registration_invitation:issue": "A registration URL was made",
    "lti_registration_invitation:revoke": "A registration URL was taken back",
    "lti_registration_invitation:use": "A registration URL was used",
}
