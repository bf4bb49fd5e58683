package dev.kvorum.local.controllers;

/** Looks at all objects and makes some of them true. Called by the control loop only. */
interface Controller {

    void reconcile();
}
